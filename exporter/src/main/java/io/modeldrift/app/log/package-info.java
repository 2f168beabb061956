/** What the process says about itself in lines of text or JSON. */
@NullMarked
package io.modeldrift.app.log;

import org.jspecify.annotations.NullMarked;
