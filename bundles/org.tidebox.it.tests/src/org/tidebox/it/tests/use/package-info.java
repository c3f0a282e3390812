/** The command line in the hands of a person: history, rules, mistakes, and an operator's work. */
package org.tidebox.it.tests.use;
