# Small counts of people on public pages.

withheld-mark = •
withheld-label = protected
withheld-explained = This figure is protected: the people counted, or those not counted, are fewer than { $threshold }, or such a number could be worked out from it.
withheld-note = A • stands for a protected figure. Public pages give no count of fewer than { $threshold } people of one unit, and none from which it could be worked out.
withheld-difference = Changed; the figures are protected.
audience-public = Public view
audience-reviewer = Reviewer's view: complete figures, not for publication
