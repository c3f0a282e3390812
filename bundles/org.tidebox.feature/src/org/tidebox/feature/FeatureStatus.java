package org.tidebox.feature;

import java.util.List;

/**
 * What is chosen at one swap point.
 *
 * @param point the name of the swap point, such as {@code delta}
 * @param active the provider in use, or {@code null} if none is there
 * @param providers the providers that are there now, sorted by name
 */
public record FeatureStatus(String point, String active, List<String> providers) {
}
