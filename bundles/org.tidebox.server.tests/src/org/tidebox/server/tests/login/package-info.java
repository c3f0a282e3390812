/** Tests of logins, throttling and cutting devices off. */
package org.tidebox.server.tests.login;
