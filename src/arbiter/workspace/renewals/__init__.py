"""The renewals: by month and by answer, with the money that is known and the money that is not."""
