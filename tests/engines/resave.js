// Saves a workbook anew as people's scripts and web pages do: node resave.js exceljs|sheetjs IN OUT [SHEET CELL VALUE]…; an empty VALUE clears the cell.
const [writer, source, target, ...edits] = process.argv.slice(2);

async function exceljs() {
  const {Workbook} = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(source);
  for (let at = 0; at < edits.length; at += 3) book.getWorksheet(edits[at]).getCell(edits[at + 1]).value = typed(edits[at + 2]);
  await book.xlsx.writeFile(target);
}

async function sheetjs() {
  const reader = require("xlsx");
  const book = reader.readFile(source, {cellFormula: true, cellStyles: true, bookVBA: true});
  for (let at = 0; at < edits.length; at += 3) {
    const [name, cell, text] = edits.slice(at, at + 3);
    if (text === "") delete book.Sheets[name][cell];
    else reader.utils.sheet_add_aoa(book.Sheets[name], [[typed(text)]], {origin: cell});
  }
  reader.writeFile(book, target);
}

const typed = text => (text === "" ? null : !isNaN(text) ? Number(text) : text);
({exceljs, sheetjs})[writer]();
