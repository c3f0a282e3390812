/** The component that puts operator commands into a running product. */
package org.tidebox.server.admin.internal;
