/* Citizens' forms: text kept in this tab while they write, and small photos. */
import "./draft.js";
import "./photos.js";
