/** Tests of the trees and of the database that keeps them. */
package org.tidebox.sync.device;
