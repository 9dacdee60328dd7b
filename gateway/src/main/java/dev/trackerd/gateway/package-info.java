/** The gateway's assembly: makes one of the parts in the other rooms. */
package dev.trackerd.gateway;
