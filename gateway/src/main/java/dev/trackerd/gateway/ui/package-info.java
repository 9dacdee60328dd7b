/**
 * The files of the management page, as they are sent: from the class path, all read at the start.
 * Knows nothing of HTTP listeners; imports the JDK only.
 */
package dev.trackerd.gateway.ui;
