/** Tests of chunkers (one contract for all providers), the chunk codec, and recipes. */
package org.tidebox.delta.tests;
