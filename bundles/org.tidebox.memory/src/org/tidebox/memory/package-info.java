/**
 * Memory: gives it back to the machine once a process of ours, agent or server, has come to rest, and ends a server whose
 * memory is used up. Nobody calls it: it works by being there. How much a process may take is said where it is started.
 */
package org.tidebox.memory;
