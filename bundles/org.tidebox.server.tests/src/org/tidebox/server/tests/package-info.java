/**
 * Tests of the server: its rules, its HTTP face, its operator commands; on Derby and files in temporary folders, over
 * real TLS. Tests of other bundles may use its server.
 */
@Version("1.0.0")
package org.tidebox.server.tests;

import org.osgi.annotation.versioning.Version;
