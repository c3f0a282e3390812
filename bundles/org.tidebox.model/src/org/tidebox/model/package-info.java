/**
 * What a person configures on a device, as an EMF model: so far the rules of sync folders. The types of the model and
 * their implementation are generated from {@code model/tidebox.ecore} into {@code src-gen}; written by hand are the
 * file that it is kept in, its constraints, and the way to change it with undo. Conditions of rules are text here;
 * {@code org.tidebox.rules} knows their language. Nobody loads this before something is configured: a device without
 * rules does not pay for EMF.
 */
@Version("1.0.0")
package org.tidebox.model;

import org.osgi.annotation.versioning.Version;
