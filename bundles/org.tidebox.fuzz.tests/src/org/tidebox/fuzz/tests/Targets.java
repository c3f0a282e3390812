package org.tidebox.fuzz.tests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All targets by name. Their order is part of inputs that choose a target by their first byte: add new ones at the end. */
final class Targets {
    static final Map<String, Supplier<Target>> ALL = all();

    private Targets() {
    }

    private static Map<String, Supplier<Target>> all() {
        Map<String, Supplier<Target>> all = new LinkedHashMap<>();
        all.put("frames", FramesTarget::new);
        all.put("messages", MessagesTarget::new);
        all.put("recipes", RecipeTarget::new);
        all.put("patches", PatchTarget::new);
        all.put("events", EventsTarget::new);
        all.put("names", NamesTarget::new);
        all.put("rules", RulesTarget::new);
        all.put("ignore", IgnoreTarget::new);
        all.put("configuration", ConfigurationTarget::new);
        all.put("options", OptionsTarget::new);
        all.put("packs", PacksTarget::new);
        all.put("control", ControlTarget::new);
        all.put("http", HttpTarget::new);
        return all;
    }
}
