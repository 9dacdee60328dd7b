/**
 * Between HTTP's path variables, query and JSON body and a protobuf message: {@code
 * google.api.http} rules compiled against their descriptors. May use protobuf and jackson-core;
 * knows neither routes nor listeners nor gRPC.
 */
package dev.trackerd.gateway.transcode;
