/** What rules hold back: decides on candidates, remembers the answers of a person, and tells which nodes have to be planned. */
package org.tidebox.sync.internal.held;
