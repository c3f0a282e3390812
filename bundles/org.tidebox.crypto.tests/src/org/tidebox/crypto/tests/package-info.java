/** Tests of AES-GCM and SHA-256 as a process of ours gets them: the same results, wherever they come from. */
package org.tidebox.crypto.tests;
