/**
 * The past of a library, for people who want something back: which versions a path had, what lies in the trash, and how
 * to bring a state back, into the sync folder or into any directory. Bringing back into the sync folder is a commit made
 * of history: no content travels up, other devices learn of it like of any change, and what was edited here and not yet
 * uploaded meets it under the ordinary rules of conflicts. Nothing here deletes.
 */
@Version("1.0.0")
package org.tidebox.sync.past;

import org.osgi.annotation.versioning.Version;
