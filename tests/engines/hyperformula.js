// Computes a workbook given as JSON on standard input with HyperFormula: {sheets: {name: [[cell…]…]}, names: {name: formula}, arrays: bool};
// writes {version, values: {name: [[value…]…]}}, an error as its text.
const {HyperFormula} = require("hyperformula");

const {sheets, names, arrays} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = {licenseKey: "gpl-v3", useArrayArithmetic: arrays, useColumnIndex: true, maxRows: 100000};
const engine = HyperFormula.buildFromSheets(sheets, options, Object.entries(names).map(([name, expression]) => ({name, expression})));
const shown = value => (value && typeof value === "object" ? value.value : value);
const values = Object.fromEntries(Object.keys(sheets).map(name => [name, engine.getSheetValues(engine.getSheetId(name)).map(row => row.map(shown))]));
process.stdout.write(JSON.stringify({version: HyperFormula.version, values}));
