# What a form says (crates/intake/src/template). Column heads and words that the reader knows are in the code.
form-sheet = Form
form-title = Form: { $form }
form-unit = Reporting unit:
form-period = Period:
form-days = from { $first } to { $last }
form-how = Please fill in the yellow cells only. Whole numbers, without the unit of measure; 0 is a number. An empty cell means not reported.
form-not-applicable = If an element does not apply to the unit, type “{ $word }” (or KAD).
form-exempt = If the unit is exempt, type “{ $word }: reason”; the reasons are: { $reasons }.
form-own-words = In the unit's own words
form-explanation = Explanation (where a number is unusual)
form-input-title = This period
form-input = A whole number from 0. Leave it empty if not reported; type KAD if it does not apply; type “miễn: reason” if exempt.
form-error-title = A whole number from 0 is needed
form-error = This cell takes a whole number from 0, or “không báo cáo”, “không áp dụng”, “miễn: reason”. If you typed one of these, choose Yes to keep it.
form-page = Page
