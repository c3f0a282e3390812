/** How conditions are read, compared and asked. */
package org.tidebox.rules.internal;
