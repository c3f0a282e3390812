/** Where the chunks of a content are: recipes and their levels, known leaves, runs of zeros, and the old content of a file. */
package org.tidebox.sync.internal.content;
