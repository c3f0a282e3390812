/**
 * Watches directory trees by the operating system's notifications, through {@code java.nio.file.WatchService}: inotify
 * on Linux, ReadDirectoryChangesW on Windows. Nobody calls it but through {@code org.tidebox.watch}.
 */
package org.tidebox.watch.nio;
