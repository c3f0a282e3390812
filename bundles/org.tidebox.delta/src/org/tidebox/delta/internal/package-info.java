/**
 * How the delta bundle does it: the component that tracks the chunkers, and the zstd contexts that the codec
 * borrows.
 */
package org.tidebox.delta.internal;
