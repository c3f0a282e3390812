/** Tests of the agent's API: where the home is, and who owns it. */
package org.tidebox.agent.tests;
