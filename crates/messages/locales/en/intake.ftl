# Reading Excel and CSV forms (crates/intake). The place (file, sheet, cell) stands before the sentence.
# $found: what was found; $expected: what was expected; $label: the element's label; $form: the form's title.

intake-cell-ambiguous = “{ $label }”: “{ $found }” can be read as two different numbers (a comma between thousands, or before decimals). Please write the whole number without a comma, such as 1234 or 1.234.
intake-cell-boolean = “{ $label }”: the cell holds the truth value “{ $found }”; a whole number is expected.
intake-cell-date = “{ $label }”: the cell holds the date { $found }; Excel may have made it of a “/” or “-”. Please format the cell as a number and write a whole number.
intake-cell-error = “{ $label }”: the cell shows the error { $found }. Please mend the formula or write the number itself.
intake-cell-formula-unsaved = “{ $label }”: the cell has a formula, but the file does not hold its result. Please open and save the file in Excel, or write the number itself.
intake-cell-fraction = “{ $label }”: “{ $found }” is not a whole number; a whole number is expected.
intake-cell-negative = “{ $label }”: “{ $found }” is below zero; a whole number from 0 is expected.
intake-cell-percent = “{ $label }”: “{ $found }” is a percentage; a count in whole numbers is expected.
intake-cell-text = “{ $label }”: “{ $found }” cannot be read as a number. A whole number is expected, or “không báo cáo” (not reported), “không áp dụng” (KAD, not applicable), “miễn: lý do” (exempt: reason).
intake-cell-too-large = “{ $label }”: “{ $found }” is too large; the largest number taken is { $limit }.
intake-exempt-reason = “{ $label }”: “{ $found }” gives no known reason for an exemption. The reasons are: { $expected }.

intake-row-missing = The row of “{ $label }” was not found; it may have been deleted. Please use the original form; where it is not reported, keep the row and leave its cell empty.
intake-row-twice = “{ $label }” has two rows (cells { $first } and { $second }). Please keep one.
intake-row-contradiction = This row says “{ $found }” but is the row of “{ $expected }”; rows may have been sorted or pasted over. Please fill in the original form again.
intake-row-unknown = This row holds “{ $found }”, but its element is no longer part of the form. Please use the current form.
intake-row-not-read = This row is not part of the form; “{ $found }” was not read.
intake-merged = The cell of “{ $label }” is merged with others and holds “{ $found }”; which of them it is for cannot be said. Please unmerge and fill in each cell.
intake-no-value-column = The column “Số liệu kỳ này” (this period's figures) was not found. Please use the original form.
intake-value-column-unclear = Several columns could be “Số liệu kỳ này” (this period's figures); which one is meant cannot be said. Please fill in the original form again.
intake-form-empty = The form “{ $form }” of { $unit_name } has no figures yet; it does not count as reported.
intake-form-unnamed = Which form this is cannot be said. Please use the original form, or write a line “Biểu mẫu: …” above the table. The forms taken are: { $expected }.
intake-form-unknown = There is no form “{ $found }”. The forms taken are: { $expected }.
intake-form-repeated = This return stands twice in the file ({ $first } and { $second }) with the same figures; it counts once.
intake-form-twice = This return stands twice in the file ({ $first } and { $second }) with different figures. Please keep one.
intake-sheet-unknown = No form was recognised. What was found: “{ $found }”. The forms taken are: { $expected }.
intake-more-problems = The file has { $count } more problems that are not listed here.

intake-unit-unnamed = Whose return this is cannot be said. Please write the unit's code or name (a line “Đơn vị báo cáo: …” or a column “Mã đơn vị”).
intake-unit-unknown = There is no unit with the code or name “{ $found }”.
intake-unit-ambiguous = Several units have the name or code “{ $found }”: { $candidates }. Please write the id in brackets.
intake-unit-retyped = The form was made for “{ $expected }”, but its unit's line says “{ $found }”. Please use that unit's own form.
intake-unit-contradiction = The unit's code in this row is that of “{ $expected }”, but the name says “{ $found }”. Please check.
intake-period-unnamed = The period is not given. Please write a line “Kỳ báo cáo: …” above the table, or add a column “Kỳ báo cáo”.
intake-period-unknown = The form “{ $form }” has no period “{ $found }”. The periods taken are: { $expected }.
intake-period-retyped = The form was made for the period “{ $expected }”, but its line says “{ $found }”. Please use that period's form.

intake-not-wide = No table header was found in the first 20 rows. It needs a column for the unit (“Mã đơn vị” or “Đơn vị”) and columns for the elements.
intake-column-twice = The table has two columns for the same thing (one of them is column { $found }). Please keep one.
intake-columns-missing = The table lacks { $count } columns of the form “{ $form }”: { $expected }. Where something is not reported, keep its column and leave it empty.
intake-row-width = The row has { $found } cells, the header { $expected }; cells may have shifted (by a decimal comma, for instance). Please check this row.
intake-other-forms-value = The cell holds “{ $found }”, but its column is not part of the row's form “{ $form }”. Please check which form this row is for.

intake-file-empty = The file is empty.
intake-file-too-large = The file has { $found } MiB; files of up to { $expected } MiB are taken.
intake-file-unreadable = The file could not be read: { $found }.
intake-kind-unknown = The kind of file is not known. Excel files (.xlsx) and CSV files are taken.
intake-is-pdf = This is a PDF file; figures cannot be read from it. Please send the Excel file (.xlsx).
intake-is-word = This is a Word file. Please send an Excel file (.xlsx).
intake-is-opendocument = This is an OpenDocument file. Please save it as Excel (.xlsx).
intake-is-xls = This is an old Excel file (.xls). Please open it and save it as .xlsx.
intake-is-xlsb = This is a binary Excel file (.xlsb). Please save it as .xlsx.
intake-encrypted = The file has a password and cannot be read. Please remove the password and send it again.
intake-macros-ignored = The file contains macros. They are not run; only the cells are read.
intake-csv-encoding = The CSV file is not in Unicode. Please save it as “CSV UTF-8”.
intake-csv-damaged = This line of the CSV file cannot be read.
intake-csv-line-too-long = A line of the CSV file is longer than { $expected } KiB; a closing quotation mark may be missing.

intake-zip-damaged = The file is damaged or was not downloaded whole. Please send it again.
intake-zip-not-workbook = This is a compressed file, not an Excel file. Please send the Excel file (.xlsx) itself.
intake-zip-bomb = The file was refused: it unpacks to an abnormal size (from { $found } MiB).
intake-zip-overlap = The file was refused: its compressed structure is abnormal (parts overlap).
intake-zip-unsafe-name = The file was refused: it has a part with an unsafe name, “{ $found }”.
intake-zip-too-many-parts = The file was refused: it has { $found } parts; up to { $expected } are taken.
intake-workbook-damaged = The part “{ $part }” of the Excel file is damaged. Please open the file in Excel, save it and send it again.
intake-workbook-endless = The file was refused: one piece of it is longer than { $expected } KiB, which no ordinary Excel file has.
intake-workbook-doctype = The file was refused: its part “{ $part }” has a document type declaration, which no ordinary Excel file has.
intake-table-empty = The table has only its header; there are no rows of data yet.
intake-too-many-sheets = The file has { $found } sheets; up to { $expected } are taken.
intake-too-many-cells = The file has too many cells with content; up to { $expected } are taken.
intake-too-many-columns = The table goes to column { $found }; up to { $expected } are taken.
intake-too-many-rows = The table goes to row { $found }; up to { $expected } are taken.
intake-too-many-texts = The file has too many texts; up to { $expected } are taken.
intake-too-much-text = The file has too much text; up to { $expected } MiB are taken.
intake-too-many-merges = The table has too many merged cells; up to { $expected } are taken.
intake-too-many-returns = The file has more than { $expected } returns. Please split it, or send the table as CSV.
