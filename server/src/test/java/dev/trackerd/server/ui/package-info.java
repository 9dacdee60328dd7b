/** The management page, tried in a browser on a whole server. Uses the program, not its classes. */
package dev.trackerd.server.ui;
