/**
 * The whole engine as a simulation: the real core of the server and several real sync folders in one thread, on
 * simulated disks, with a clock and a network that do what a number tells them. Begin with {@code SimulationTest}, then
 * {@code World}.
 *
 * <p>Everything random hangs on the number of a {@code Script}, so equal numbers give equal runs. While an engine
 * works, the world may interfere at each request, look at the disk and write to the database: people go on working,
 * other devices sync, the power fails. The server's power fails, too, at any write to its packs and metadata, and its
 * operator puts back backups.
 */
package org.tidebox.sim.tests;
