/** The gateway's assembly: the only place here that reads flags and the environment. */
package dev.trackerd.gateway;
