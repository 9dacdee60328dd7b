/**
 * The awsJson1_1 dialect (Smithy 2.0, "AWS JSON 1.1 protocol"), in which AWS' SDKs speak: which RPC
 * a request is for, the two calls that answer it, the request and the reply as that dialect has
 * them in JSON, the parts of a request that its signature covers, and the names of failures. The
 * secrets that signatures are made with are the server's.
 */
package dev.trackerd.gateway.aws;
