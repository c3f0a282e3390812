/** {@code tidebox demo}: a server and two devices on this machine, and the story they tell. */
package org.tidebox.cli.internal.demo;
