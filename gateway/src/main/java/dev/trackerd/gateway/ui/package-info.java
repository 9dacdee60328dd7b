/**
 * The management page: its files, all read from the class path at the start, and how they are
 * served. A page like this is a {@link dev.trackerd.gateway.http.Resource} beside the dialects.
 */
package dev.trackerd.gateway.ui;
