/**
 * Memory: gives it back to the machine once a process of ours, agent or server, has come to rest. Nobody calls it: it works
 * by being there. How much a process may take is said where it is started.
 */
package org.tidebox.memory;
