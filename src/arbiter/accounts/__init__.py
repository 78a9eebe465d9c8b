"""Who we serve and on what terms: customers, their contacts, contracts and renewals."""
