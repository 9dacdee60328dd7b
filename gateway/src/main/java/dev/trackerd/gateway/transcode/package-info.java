/**
 * Between HTTP's path variables, query and JSON body and a protobuf message: {@code
 * google.api.http} rules compiled against their descriptors. May use protobuf and the JSON room;
 * knows neither routes nor listeners nor gRPC.
 */
package dev.trackerd.gateway.transcode;
