// The editor of one cell.
import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

// Keys of somebody who only goes past.
const PASSING = new Set(["Tab", "Shift", "Escape", "Control", "Alt", "Meta"]);

// on: {run, runStay, change(text), complete(text) -> [[name, kind]], focus, refuse}; `refuse` hears that somebody tried to change what is read only.
export function editor(parent, { source, label, readOnly, on }) {
  // The list of names goes with the run: it would cover what comes out.
  const running = (start) => (view) => (closeCompletion(view), start(), true);
  const keys = [
    { key: "Shift-Enter", run: running(on.run) },
    { key: "Mod-Enter", run: running(on.runStay) },
  ];
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        Prec.highest(keymap.of(keys)),
        lineNumbers(),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ activateOnTyping: true, icons: false }),
        highlightActiveLine(),
        syntaxHighlighting(classHighlighter),
        python(),
        pythonLanguage.data.of({ autocomplete: named(on.complete) }),
        // Tab indents; Escape and then Tab leaves the editor, as the page says. Who came with Tab goes on with Tab.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "keys", ...(readOnly && { "aria-readonly": "true" }) }),
        EditorState.readOnly.of(readOnly),
        EditorView.updateListener.of((update) => update.docChanged && on.change(update.state.doc.toString())),
        EditorView.domEventHandlers({
          focus: ({ relatedTarget }, view) => {
            if (relatedTarget) view.setTabFocusMode(true);
            on.focus();
          },
          mousedown: (_event, view) => void view.setTabFocusMode(false),
          keydown: ({ key }, view) => void (PASSING.has(key) || view.setTabFocusMode(false)),
          beforeinput: () => readOnly && (on.refuse(), false),
        }),
      ],
    }),
  });
}

// Names that exist while the lesson runs: what has been defined, and the attributes of what stands before a point.
const named = (complete) => async (context) => {
  const word = context.matchBefore(/[\w.]*/);
  const path = word?.text ?? "";
  if (!context.explicit && (path.length < 2 || /^[\d.]/.test(path))) return null;
  const before = context.state.doc.lineAt(context.pos);
  const names = await complete(before.text.slice(0, context.pos - before.from));
  if (!names?.length) return null;
  return { from: word.from + path.lastIndexOf(".") + 1, options: names.map(([label, type]) => ({ label, type })), validFor: /^\w*$/ };
};
