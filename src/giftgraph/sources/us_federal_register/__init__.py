"""The notices "Gifts to Federal Employees From Foreign Government Sources" of the US Department of State (5 U.S.C. 7342(f))."""
