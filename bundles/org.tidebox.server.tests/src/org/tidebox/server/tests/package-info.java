/**
 * Tests of the server: its rules, its HTTP face, its operator commands; on Derby and files in temporary folders, over
 * real TLS.
 */
package org.tidebox.server.tests;
