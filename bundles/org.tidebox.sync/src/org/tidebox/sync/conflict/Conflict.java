package org.tidebox.sync.conflict;

import org.tidebox.sync.device.LocalNode;

/**
 * A conflict copy, and the file that it stands beside.
 *
 * @param path of the copy, relative to the folder, with slashes
 * @param copy the copy as it is on this device
 * @param originalPath where the other one is, or was
 * @param original the other one as it is on this device, or {@code null} if it is gone
 * @param device whose edit the copy holds
 * @param time when the copy was made, such as {@code 2026-03-01 101530}, by that device's clock
 */
public record Conflict(String path, LocalNode copy, String originalPath, LocalNode original, String device,
        String time) {
}
