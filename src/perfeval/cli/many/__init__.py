"""Any number of sheets by one command: as they come, over several processes, and nothing kept.

What has to be remembered until the end lies in a temporary file (`shelf`); what comes of a file is
a few texts (`outcomes`), made wherever there is a process free (`workers`), written in order
(`parts`), and noted in a journal by which a run that was ended goes on (`journal`).
"""
