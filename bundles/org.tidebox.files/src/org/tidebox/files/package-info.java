/**
 * Files that a program cannot do without: {@link org.tidebox.files.DurableFile} replaces one so that a crash leaves the
 * old or the new content, {@link org.tidebox.files.PrivateFiles} keeps other users out, and {@link
 * org.tidebox.files.FolderLock} keeps other processes out of a folder. All of it works on any {@code java.nio.file}
 * system.
 */
@Version("1.0.0")
package org.tidebox.files;

import org.osgi.annotation.versioning.Version;
