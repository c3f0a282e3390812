/** How records are bound to JSON and CBOR. */
package org.tidebox.wire.internal;
