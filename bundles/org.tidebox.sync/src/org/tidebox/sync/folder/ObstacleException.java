package org.tidebox.sync.folder;

import java.io.IOException;

/** Something about an entry cannot be done, because of an obstacle that is known. */
public final class ObstacleException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Obstacle obstacle;

    /** Says why. */
    public ObstacleException(Obstacle obstacle) {
        this(obstacle, null);
    }

    /** Says why, with the cause for the log. */
    public ObstacleException(Obstacle obstacle, Throwable cause) {
        super(obstacle.toString(), cause);
        this.obstacle = obstacle;
    }

    /** Returns why. */
    public Obstacle getObstacle() {
        return obstacle;
    }
}
