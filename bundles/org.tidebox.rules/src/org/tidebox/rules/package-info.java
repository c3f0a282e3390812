/**
 * What goes up and what comes down: rules over candidates, the language of their conditions, and the decisions that a
 * list of rules comes to. Plain Java, without clock or disk: whoever asks says what time it is, and lends the first bytes
 * of a content where a type cannot be told by the name. Types of files and ignore files are the business of providers
 * beside this bundle.
 */
@Version("1.0.0")
package org.tidebox.rules;

import org.osgi.annotation.versioning.Version;
