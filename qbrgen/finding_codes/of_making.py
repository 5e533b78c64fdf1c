"""Wording, themes, templates and storylines, and what is found while files are made."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import EW, WN, E, Kind, N, W

_WORDS: Mapping[str, Kind] = {
    "duplicate-wording": Kind(E, "An entry of the wording stands in two files.", "Keep one of the two."),
    "unknown-field": Kind(
        E, "An entry uses a field that it does not have.", "Use one of those that the message lists."
    ),
    "unknown-wording": Kind(E, "An entry of the wording that there is none of.", "Correct its name, or take it out."),
    "wording-fails": Kind(E, "An entry of the wording fails while it is said.", "Correct the template."),
    "wording-forbidden": Kind(
        E,
        "An entry of the wording does what templates may not do.",
        "Use fields and the filters listed in docs/wording.md.",
    ),
    "wording-incomplete": Kind(E, "A language lacks entries.", "Copy and translate them."),
    "wording-not-a-mapping": Kind(E, "A wording file is not a list of `key: words`.", "Write it as such."),
    "wording-not-text": Kind(E, "An entry of the wording is no text.", "Put the words in quotes."),
    "wording-number": Kind(
        W,
        "A number is typed into the wording.",
        "Use a field for it.",
        "Every number that is shown has a receipt, and it has none.",
    ),
    "wording-presence": Kind(
        E, "The wording tells a presence figure (logins, views).", "Write what people get done instead."
    ),
    "wording-syntax": Kind(E, "A template of the wording cannot be read.", "Correct it at that line."),
    "wording-without-end": Kind(E, "An entry of the wording says itself.", "Say another one."),
}

_THEMES: Mapping[str, Kind] = {
    "accent-chosen": Kind(N, "A theme names no colour that points; one was chosen.", "Name it as color.primary."),
    "arrangement-unknown": Kind(
        N, "A theme's arrangement that there is none of.", "Write one of those that the message lists."
    ),
    "brand-encoding": Kind(N, "A brand file is not UTF-8.", "Save it as UTF-8."),
    "brand-key-twice": Kind(N, "A key of a brand file stands twice; the last counts.", "Keep one."),
    "brand-part-ignored": Kind(
        N, "A part of a brand file does not fit and is set aside.", "Write it as brand.yml says."
    ),
    "brand-unreadable": Kind(N, "A brand file cannot be read; defaults are used.", "Correct it."),
    "colour-not-parsed": Kind(N, "A colour that cannot be read.", 'Write "#RRGGBB".'),
    "contrast-repaired": Kind(
        N, "Two colours are too alike to be read; one was changed.", "Choose one with more contrast."
    ),
    "font-missing": Kind(N, "A font of the theme is not there.", "Put it into the theme's folder."),
    "font-not-a-name": Kind(N, "A typeface's name is no name.", "Write a family's name only."),
    "font-without-files": Kind(
        N, "A typeface is not here; another is used to measure and print.", "Put its font into the theme's folder."
    ),
    "font-not-usable": Kind(N, "A font that cannot be used.", "Give a TTF or OTF file."),
    "grey-print-repaired": Kind(
        N, "Two colours look alike in grey print; one was changed.", "Choose one that is lighter or darker."
    ),
    "logo-cleaned": Kind(N, "What a logo should not hold was taken out.", "Save it as a plain SVG."),
    "logo-missing": Kind(N, "A logo is not there.", "Put it into the theme's folder."),
    "logo-not-seen": Kind(N, "A logo cannot be seen on its ground.", "Name one for light and one for dark grounds."),
    "logo-not-usable": Kind(N, "A logo that cannot be used.", "Give an SVG, PNG or JPEG file."),
    "logo-remote": Kind(N, "A logo lies on the web, which is not asked.", "Save it in the theme's folder."),
    "logo-shrunk": Kind(N, "A logo is larger than it needs to be; a smaller copy is used.", "Save it smaller."),
    "logo-with-text": Kind(N, "A logo holds text, whose typeface may not be there.", "Turn it into outlines."),
    "not-a-colour": Kind(E, "A stylesheet was given what is no colour.", 'Write "#RRGGBB".'),
    "not-a-typeface": Kind(E, "A stylesheet was given what is no typeface.", "Write a family's name."),
    "preview-more": Kind(N, "A theme's preview has more signs than are listed.", "Look at it: `qbrgen theme preview`."),
    "preview-spread": Kind(N, "A theme's preview takes more slides than usual.", "Give the template's body more room."),
    "preview-twice": Kind(E, "Two previews would have the same name.", "Name another --out."),
    "theme-exists": Kind(E, "A theme of that name is there already.", "Choose another name, or --replace."),
    "theme-name": Kind(E, "A name that no theme can have.", "Use letters, digits and dashes."),
    "theme-not-found": Kind(E, "There is no theme of that name.", "Write one of those that the message lists."),
}

_TEMPLATES: Mapping[str, Kind] = {
    "template": Kind(E, "A template of the workspace's own cannot be used.", "Correct it at that line."),
    "template-bomb": Kind(E, "A PowerPoint template that unpacks without end.", "Save it anew in PowerPoint."),
    "template-contrast": Kind(WN, "Text on a PowerPoint template can hardly be read.", "Choose other colours there."),
    "template-damaged": Kind(E, "A PowerPoint template that cannot be opened.", "Save it anew in PowerPoint."),
    "template-elsewhere": Kind(E, "A template refers to a file outside its folder.", "Copy the file there."),
    "template-encrypted": Kind(E, "A PowerPoint template with a password.", "Save it without."),
    "template-exists": Kind(E, "A template of that name is there already.", "Move it first."),
    "template-is-folder": Kind(E, "A folder stands where a PowerPoint template should.", "Put the file there."),
    "template-limit": Kind(E, "A template takes too long, or writes without end.", "Look for a loop in it."),
    "template-link-dropped": Kind(
        N, "A link of a PowerPoint template is left out.", "Nothing: nothing is fetched from outside."
    ),
    "template-little-room": Kind(WN, "A PowerPoint template leaves little room for the body.", "Make its body larger."),
    "template-low-title": Kind(WN, "A title of a PowerPoint template stands low.", "Move it up."),
    "template-macros": Kind(E, "A PowerPoint template with macros.", "Save it as .potx or .pptx."),
    "template-map": Kind(
        N, "How a PowerPoint template's layouts are used was proposed.", "Look at it, and correct it where needed."
    ),
    "template-map-misfit": Kind(
        EW, "The map of layouts does not fit the PowerPoint template.", "Propose it anew: `qbrgen theme inspect`."
    ),
    "template-map-unreadable": Kind(W, "The map of layouts cannot be read.", "Correct it, or propose it anew."),
    "template-missing": Kind(E, "A PowerPoint template is not there.", "Put it into the theme's folder."),
    "template-no-content-layout": Kind(
        EW, "A PowerPoint template has no layout for content.", "Add one with a title and a body."
    ),
    "template-no-layouts": Kind(E, "A PowerPoint template without layouts.", "Save it anew in PowerPoint."),
    "template-no-map": Kind(
        E, "No layout of a PowerPoint template has a title and a text.", "Give one both, or take another template."
    ),
    "template-not-powerpoint": Kind(E, "A template that is no PowerPoint file.", "Save it as .potx or .pptx."),
    "template-object-dropped": Kind(
        N, "An embedded object of a PowerPoint template is left out.", "Put a picture in its place."
    ),
    "template-part-missing": Kind(N, "A part of a PowerPoint template is not there.", "Save it anew in PowerPoint."),
    "template-size": Kind(E, "A PowerPoint template of a size that no slide has.", "Make it 16:9."),
    "template-strict": Kind(E, "A PowerPoint template in the strict format.", "Save it as the usual .pptx."),
    "template-too-large": Kind(E, "A PowerPoint template that is too large.", "Make its pictures smaller."),
    "template-unsafe-name": Kind(
        E, "A part of a PowerPoint template has a name that leads elsewhere.", "Save it anew in PowerPoint."
    ),
    "template-unsafe-xml": Kind(
        E, "A part of a PowerPoint template holds XML that may not be read.", "Save it anew in PowerPoint."
    ),
    "template-unused": Kind(WN, "A file among the templates that nothing uses.", "Correct its name, or delete it."),
    "unknown-template": Kind(E, "There is no template of that name.", "Write one of those that the message lists."),
}

_STORYLINES: Mapping[str, Kind] = {
    "deck-empty": Kind(
        E, "No slide of the storyline has anything to show.", "Add slides that every account has: title, sentence."
    ),
    "promises-put-in": Kind(
        W,
        "A storyline leaves out missed promises; the slide was put in.",
        "Put `promises` into it.",
        "A deck that leaves out what was not kept is not believed in the rest.",
    ),
    "slide-listed-twice": Kind(E, "A slide is listed twice in a storyline.", "Keep one of the two."),
    "storyline-field": Kind(E, "A field that no storyline has.", "Correct it, or take it out."),
    "storyline-form": Kind(E, "A part of a storyline is no section.", "Write section: and slides: below a dash."),
    "storyline-needs-below": Kind(E, "`needs_below` is no number.", "Write needs_below: 5."),
    "storyline-section-name": Kind(E, "A section of a storyline has no name.", "Write section: opening."),
    "storyline-sections": Kind(E, "A storyline lists no sections.", "Write sections: and a list below it."),
    "storyline-slides": Kind(E, "A section of a storyline lists no slides.", "Write slides: [people, workflows]."),
    "unknown-slide": Kind(E, "A slide that there is none of.", "Write one of those that the message lists."),
    "unknown-storyline": Kind(E, "There is no storyline of that name.", "Write one of those that the message lists."),
}

_COMMANDS: Mapping[str, Kind] = {
    "brief-too-long": Kind(W, "A brief takes more than its two pages.", "Close gaps that are done, or shorten texts."),
    "left-out": Kind(E, "A statement that was asked for was left out, with the reason.", "Add what it lacks."),
    "missing-library": Kind(
        E, "A library of the operating system is missing.", "Install it with the command that the message names."
    ),
    "no-accounts": Kind(E, "No account could be scored.", "Mend those that were set aside."),
    "no-font-for-characters": Kind(
        W, "No font here has some characters of a text.", "Install one, or put it into the theme."
    ),
    "no-such-accounts": Kind(E, "No account is of this owner and this segment.", "Leave out --owner or --segment."),
    "no-text": Kind(
        E, "There is no sentence to test.", "Write it in quotes, or write - and give it on standard input."
    ),
    "pdf-engine": Kind(WN, "What the PDF engine said of a page.", "Look at the page."),
    "period-not-over": Kind(E, "The review of a period that is not over cannot be kept.", "Keep it when it is."),
    "plan-lacks": Kind(W, "The success plan lacks something that is signed with it.", "Fill it in before it is sent."),
    "plan-too-long": Kind(W, "The success plan takes more pages than it should.", "Shorten texts."),
    "review-not-begun": Kind(EW, "An account had not started in the period.", "Ask for a later one."),
    "review-of-draft": Kind(
        W,
        "A review is kept whose definitions nobody has confirmed.",
        "Confirm them before it is delivered.",
        "A promise is judged by the definition recorded with it.",
    ),
    "review-recorded": Kind(
        E,
        "Another review of this period is recorded already.",
        "Leave it, or write --replace.",
        "A record is what was promised: it is not changed without a word.",
    ),
    "rows-changed": Kind(E, "The data have changed while the command ran.", "Run it again."),
    "scores-broken": Kind(N, "The scores of the drill cannot be read; they are begun anew.", "Nothing."),
    "scores-not-kept": Kind(W, "The scores of the drill cannot be written.", "Make room, or give yourself the right."),
    "set-aside": Kind(E, "An account that was asked for was set aside.", "Mend it first."),
    "since-later": Kind(E, "The period to compare with is not before the other.", "Name an earlier one."),
    "since-not-recorded": Kind(E, "No review of that period is recorded.", "Name one of those that are."),
    "text-too-long": Kind(E, "A text is too long to be a sentence.", "Test it in parts."),
    "unknown-owner": Kind(E, "There is no owner of that name.", "Write one of those that the message lists."),
    "unknown-segment": Kind(E, "There is no segment of that name.", "Write one of those that the message lists."),
    "unknown-statement": Kind(E, "There is no statement of that name.", "Write one of those that the message lists."),
}

KINDS: Mapping[str, Kind] = {**_WORDS, **_THEMES, **_TEMPLATES, **_STORYLINES, **_COMMANDS}
