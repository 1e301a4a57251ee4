// Computes a workbook given as JSON on standard input with HyperFormula: {sheets: {name: [[cell…]…]}, names: {name: formula}, arrays: [bool…]};
// writes {version, values: [{name: [[value…]…]}…]}, one for each way of `arrays`, an error as its text.
const {HyperFormula} = require("hyperformula");

const {sheets, names, arrays} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const expressions = Object.entries(names).map(([name, expression]) => ({name, expression}));
const shown = value => (value && typeof value === "object" ? value.value : value);
const computed = useArrayArithmetic => {
  const options = {licenseKey: "gpl-v3", useArrayArithmetic, useColumnIndex: true, maxRows: 100000};
  const engine = HyperFormula.buildFromSheets(sheets, options, expressions);
  return Object.fromEntries(Object.keys(sheets).map(name => [name, engine.getSheetValues(engine.getSheetId(name)).map(row => row.map(shown))]));
};
process.stdout.write(JSON.stringify({version: HyperFormula.version, values: arrays.map(computed)}));
