/** Tests of proving who one is: what every authenticator promises, passwords, throttling, tokens, join codes. */
package org.tidebox.auth.tests;
