/** Tests of the engine's parts. */
package org.tidebox.sync.internal;
