/* What every page does. Delegated listeners only: they work on fragments that htmx swaps in. */
import "./display.js";
import "./dialogs.js";
import "./counters.js";
import "./focus.js";
import "./guard.js";
import "./menu.js";
import "./own-fields.js";
import "./tabs.js";
