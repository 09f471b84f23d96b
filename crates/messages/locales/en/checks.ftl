# A check that cannot be read, when the configuration is loaded. $rule: the check's name; $field:
# holds, message or message_en; $at: which character; $found; $expected.

check-empty = Check “{ $rule }”: “{ $field }” is empty. Please fill it in.
check-too-long = Check “{ $rule }”, “{ $field }”: it is { $found } characters long; at most { $expected } are allowed.
check-too-deep = Check “{ $rule }”, “{ $field }”, character { $at }: the expression nests more than { $expected } levels deep at “{ $found }”. Please split the check into several.
check-character-unknown = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }”, which has no meaning in an expression. The signs that have one are < <= > >= = != + - * ( ).
check-division = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }”; there is no division and no per cent. Compare ratios by multiplication “{ $expected }”, such as 100 * a > 98 * b.
check-number-format = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }”; expected a whole number without separators, such as 1000.
check-number-too-large = Check “{ $rule }”, “{ $field }”, character { $at }: the number “{ $found }” is too large; the largest is { $expected }.
check-text-unclosed = Check “{ $rule }”, “{ $field }”, character { $at }: the text opened here is not closed with { $expected }.
check-brace-unclosed = Check “{ $rule }”, “{ $field }”, character { $at }: the { $found } opened here is not closed with { $expected }.
check-brace-unopened = Check “{ $rule }”, “{ $field }”, character { $at }: this { $found } closes nothing. To print the brace itself, write { $expected }.
check-token-expected = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }”, expected “{ $expected }”.
check-token-missing = Check “{ $rule }”, “{ $field }”, character { $at }: the expression ends, and “{ $expected }” is missing.
check-operand-expected = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }”, expected a number, an element's name or an expression in parentheses.
check-operand-missing = Check “{ $rule }”, “{ $field }”, character { $at }: the expression ends here; expected a number, an element's name or an expression in parentheses.
check-operator-expected = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }” after a complete expression; expected an operator, a comparison, and, or, implies, or the end.
check-comparison-chained = Check “{ $rule }”, “{ $field }”, character { $at }: found “{ $found }” right after a comparison; expected two comparisons joined by “{ $expected }”.
check-condition-expected = Check “{ $rule }”, “{ $field }”, character { $at }: “{ $found }” is a number; expected a condition, such as a comparison.
check-number-expected = Check “{ $rule }”, “{ $field }”, character { $at }: “{ $found }” is a condition; expected a number.
check-element-unknown = Check “{ $rule }”, “{ $field }”, character { $at }: there is no element called “{ $found }”.
check-element-misspelt = Check “{ $rule }”, “{ $field }”, character { $at }: there is no element called “{ $found }”; the nearest name is “{ $expected }”.
check-subtraction-unspaced = Check “{ $rule }”, “{ $field }”, character { $at }: there is no element called “{ $found }”. A subtraction needs a space on either side: “{ $expected }”.
check-measures-differ = Check “{ $rule }”, “{ $field }”, character { $at }: the element “{ $element }” is measured in “{ $found }”, and “{ $other }” in “{ $expected }”; different units of measure do not add, subtract or compare.
check-measures-multiplied = Check “{ $rule }”, “{ $field }”, character { $at }: the element “{ $element }” is multiplied by the element “{ $other }”; an element may only be multiplied by a number written in the rule or a register's count.
check-measure-unknown = Check “{ $rule }”, “{ $field }”, character { $at }: the unit of measure of the element “{ $element }” is not known.
