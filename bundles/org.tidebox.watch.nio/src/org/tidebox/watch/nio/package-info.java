/**
 * Watches directory trees by the operating system's notifications, through {@code java.nio.file.WatchService}: inotify
 * on Linux, ReadDirectoryChangesW on Windows. Nobody calls it but through {@code org.tidebox.watch}.
 */
@Version("1.0.0")
package org.tidebox.watch.nio;

import org.osgi.annotation.versioning.Version;
