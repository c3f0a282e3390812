package org.tidebox.rules.ignorefile;

import org.osgi.service.component.annotations.Component;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;

/** Reads ignore files as git does. */
@Component(property = IgnoreProvider.PROVIDER + "=" + GitIgnoreProvider.NAME)
public final class GitIgnoreProvider implements IgnoreProvider {
    /** The name of the provider. */
    public static final String NAME = "ignorefile";

    @Override
    public IgnoreScope root(String defaults, String file) {
        return GitIgnoreScope.of(defaults).with(file);
    }
}
