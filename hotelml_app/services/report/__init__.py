"""The report for the revenue meeting: what the pages say, as sheets of a workbook or on paper."""
