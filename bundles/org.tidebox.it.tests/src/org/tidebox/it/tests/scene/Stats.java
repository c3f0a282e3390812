package org.tidebox.it.tests.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What a device has moved since its agent started.
 *
 * @param sent bytes on the socket
 * @param received bytes on the socket
 * @param requests to the server
 */
public record Stats(long sent, long received, long requests) {
    /** Asks the device. */
    public static Stats of(Device device) throws IOException, InterruptedException {
        JsonNode json = new ObjectMapper().readTree(device.ok("stats", "--json"));
        return new Stats(json.required("sent").asLong(), json.required("received").asLong(),
                json.required("requests").asLong());
    }
}
